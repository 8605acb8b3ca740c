// Importing this asks the process to stop (SIGTERM) once its parent is gone. The scripts preload it into the servers that they
// start, so that nothing keeps running after a script was killed.
const parentPid = process.ppid;

const watch = setInterval(() => {
  if (process.ppid === parentPid) return;
  clearInterval(watch);
  process.kill(process.pid, "SIGTERM");
}, 500);
watch.unref();
