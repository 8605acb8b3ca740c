// Preloaded into a gateway under test: it is a day and a minute later than it was.
const aheadMs = (24 * 60 + 1) * 60_000;
const realNow = Date.now;
Date.now = () => realNow() + aheadMs;
