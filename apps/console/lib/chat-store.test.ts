import { expect, it } from "vitest";
import { stubIndexedDb } from "../testing/fake-indexed-db";
import { forgetSavedChats, listSavedChats, saveChat } from "./chat-store";

const chat = { id: "a", title: "Hello", savedAt: "2026-11-22T12:00:00Z", data: "{}" };

it("keeps conversations until they are forgotten", async () => {
  stubIndexedDb();
  await saveChat(chat);
  expect(await listSavedChats()).toEqual([chat]);
  await forgetSavedChats();
  expect(await listSavedChats()).toEqual([]);
});

it("fails where the browser has no room, which it only tells at the commit", async () => {
  const browser = stubIndexedDb();
  browser.isFull = true;
  await expect(saveChat(chat)).rejects.toThrow("QuotaExceededError");
  expect(await listSavedChats()).toEqual([]);
});
