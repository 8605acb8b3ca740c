import { createManualClock } from "@copilot-llm/model/testing";
import { auditContract } from "./audit-contract.js";
import { auditedChangeContract } from "./audited-change-contract.js";
import { batchContract } from "./batch-contract.js";
import { changeContract } from "./change-contract.js";
import { editContract } from "./edit-contract.js";
import { fileContract } from "./file-contract.js";
import { inviteContract } from "./invite-contract.js";
import { keyContract } from "./key-contract.js";
import { ledgerContract } from "./ledger-contract.js";
import { quotaCycleContract } from "./quota-cycle-contract.js";
import { requestListContract } from "./request-list-contract.js";
import { reservationContract } from "./reservation-contract.js";
import { sampleStartMs } from "./samples.js";
import { sessionContract } from "./session-contract.js";
import { settingsContract } from "./settings-contract.js";
import { statisticsContract } from "./statistics-contract.js";
import { storeSizeContract } from "./store-size-contract.js";
import { teamContract } from "./team-contract.js";
import type { CreateStores, TestApi, TestContext, WithStores } from "./test-api.js";
import { tokenContract } from "./token-contract.js";
import { userContract } from "./user-contract.js";

/** What the interfaces promise, as tests. Each test gets stores of its own from `createStores`. */
export function storesContract(test: TestApi, createStores: CreateStores): void {
  const withStores: WithStores = (run) => async () => {
    const clock = createManualClock(sampleStartMs);
    let current = await createStores(clock);
    const context: TestContext = {
      clock,
      async reopen() {
        current = await current.reopen();
        return current.stores;
      },
      async crash() {
        current = await current.crash();
        return current.stores;
      },
      async renew() {
        await current.dispose();
        current = await createStores(clock);
        return current.stores;
      },
      failWrites: (faults) => current.failWrites(faults),
    };
    try {
      await run(current.stores, context);
    } finally {
      await current.dispose();
    }
  };
  for (const define of [
    tokenContract,
    keyContract,
    userContract,
    settingsContract,
    editContract,
    auditContract,
    auditedChangeContract,
    changeContract,
    reservationContract,
    ledgerContract,
    statisticsContract,
    storeSizeContract,
    sessionContract,
    requestListContract,
    quotaCycleContract,
    inviteContract,
    teamContract,
    fileContract,
    batchContract,
  ]) {
    define(test, withStores);
  }
}
