/**
 * Turns a file of messages into a module of compiled ones while Next builds, so that no parser of message syntax is sent to the browser.
 * A message without arguments stays a string.
 */
module.exports = function messagesLoader(source) {
  const done = this.async();
  import("icu-minify/compile")
    .then(({ default: compile }) => {
      const compileAll = (messages) =>
        Object.fromEntries(
          Object.entries(messages).map(([key, value]) => [
            key,
            typeof value === "string" ? compile(value) : compileAll(value),
          ]),
        );
      done(null, `export default JSON.parse(${JSON.stringify(JSON.stringify(compileAll(JSON.parse(source))))});`);
    })
    .catch(done);
};
