// Preloaded into a gateway under test: its clock goes a day forward on SIGUSR2, and a day back on SIGWINCH.
const dayMs = 24 * 60 * 60_000;
const realNow = Date.now;
let shiftMs = 0;
Date.now = () => realNow() + shiftMs;
process.on("SIGUSR2", () => {
  shiftMs += dayMs;
});
process.on("SIGWINCH", () => {
  shiftMs -= dayMs;
});
