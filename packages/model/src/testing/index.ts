// For tests and simulations of whatever speaks the model's words: a clock to move by hand, and samples.
export { createManualClock, type ManualClock } from "./manual-clock.js";
export { sampleModel } from "./sample-model.js";
export { systemClock } from "./system-clock.js";
