// Grade pages by the tests and the table of Mozilla's HTTP Observatory. Its own `scan` knows one page of a host and
// refuses answers that are errors, so this asks for the pages and adds up as it does.
import { ALL_TESTS } from "@mdn/mdn-http-observatory/src/constants.js";
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from "@mdn/mdn-http-observatory/src/grader/charts.js";
import { getScoreModifier } from "@mdn/mdn-http-observatory/src/grader/grader.js";
import { retrieve } from "@mdn/mdn-http-observatory/src/retriever/retriever.js";

const NO_SERVER = 1; // the site is at https alone; nginx sends http there
const headers = ["Accept: text/html", `Cookie: ${process.env.COOKIES ?? ""}`];
const grades = [];
for (const address of process.argv.slice(2)) {
  const { hostname, port, pathname, search } = new URL(address);
  const answers = await retrieve(hostname, { httpsPort: port, httpPort: NO_SERVER, path: pathname + search, headers });
  const results = ALL_TESTS.map(test => test(answers).result);
  const points = results.map(getScoreModifier);
  const sum = numbers => numbers.reduce((total, number) => total + number, 100);
  const lost = sum(points.filter(number => number < 0));
  const score = lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(points) : lost;
  const status = answers.responses.auto?.status;
  grades.push({ address, status, score, results: results.map((result, n) => `${result} ${points[n]}`) });
}
console.log(JSON.stringify(grades));
