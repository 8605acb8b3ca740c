// Preloaded into a gateway under test: on SIGUSR2 it prints what waits in it, as `{"waiting": {name: count}}`.
process.on("SIGUSR2", () => {
  const counts = {};
  for (const name of process.eventNames()) counts[`process ${String(name)}`] = process.listenerCount(name);
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  process.stderr.write(`${JSON.stringify({ waiting: counts })}\n`);
});
