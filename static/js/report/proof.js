// Has the browser do the arithmetic that newsroom/proof_of_work.py asks for, beside the page, so that nothing stands still.

/** The solution of an ALTCHA challenge, as the form sends it. */
export const solve = (challenge) => new Promise((resolve, reject) => {
  const worker = new Worker(new URL("./proof-worker.js", import.meta.url), { type: "module" });
  const end = (act, value) => { worker.terminate(); act(value); };
  worker.onmessage = ({ data }) => end(resolve, btoa(JSON.stringify({ challenge, solution: data })));
  worker.onerror = () => end(reject, new Error("No solution"));
  worker.postMessage(challenge.parameters);
});
