// Puts a brotli and a gzip form beside each file of the static export, for the gateway to send: at their best settings,
// which take seconds, so not while somebody waits for an answer.
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const directory = path.join(import.meta.dirname, "../out");
const compressible = /\.(css|html|js|json|map|svg|txt|webmanifest)$/;
/** Less is not worth a header. */
const minBytes = 1_024;

const forms = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

const entries = await readdir(directory, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && compressible.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name));

await Promise.all(
  files.map(async (file) => {
    const bytes = await readFile(file);
    if (bytes.length < minBytes) return;
    for (const [ending, compress] of Object.entries(forms)) await writeFile(`${file}.${ending}`, await compress(bytes));
  }),
);
