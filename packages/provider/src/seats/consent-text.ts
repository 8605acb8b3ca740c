/** What whoever brings a seat agrees to. Other words are another version: what was agreed to stands on the trail. */
export const consentText = [
  "I add my own GitHub Copilot token to this gateway.",
  "The gateway stores the token encrypted and uses it only to ask GitHub for models, quota and answers.",
  "Requests of other people who use this gateway may run on my seat and use up its quota; GitHub sees them as mine.",
  "The limits and terms of GitHub Copilot, and my employer's rules where it pays for the seat, go on to apply.",
  "My name, the times and the cost of requests are on record and visible to the gateway's administrators, and the contents of my own requests as far as the gateway records them.",
  "I can leave at any time: the token is then erased from the gateway at once, and my key ends. What is on record stays.",
].join("\n");
