// Lighthouse with the settings of a phone: `runs` visits of each address in one browser, of which the first is judged
// in every category and the others for speed alone.
import lighthouse from "lighthouse";
import { launch } from "chrome-launcher";

const [runs, ...addresses] = process.argv.slice(2);
const chrome = await launch({
  chromePath: process.env.CHROMIUM,
  chromeFlags: ["--headless=new", "--no-sandbox", "--ignore-certificate-errors", "--disable-quic", "--no-first-run"],
});
const report = [];

// Now and then the browser fails to record a visit, whatever the page: then it is made again, twice at most.
async function visit(address, onlyCategories, again = 2) {
  const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error", onlyCategories });
  if (!lhr.runtimeError) return lhr;
  if (!again) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  return visit(address, onlyCategories, again - 1);
}

try {
  // What a browser does when it has just started would be counted against the first page.
  await lighthouse(addresses[0], { port: chrome.port, logLevel: "error", onlyCategories: ["performance"] });
  for (const address of addresses) {
    const visits = [];
    for (let run = 0; run < Number(runs); run++) {
      const onlyCategories = run ? ["performance"] : ["performance", "accessibility", "best-practices", "seo"];
      const lhr = await visit(address, onlyCategories);
      const categories = Object.values(lhr.categories).map(({ id, score, auditRefs }) => ({
        id,
        score,
        audits: auditRefs.filter(({ weight }) => weight).map(({ id, weight }) => ({
          id, weight, score: lhr.audits[id].score, shown: lhr.audits[id].displayValue ?? "",
          items: lhr.audits[id].score < 1 ? lhr.audits[id].details?.items ?? [] : [],
        })),
      }));
      visits.push({ categories, pace: lhr.environment.benchmarkIndex });
    }
    report.push({ address, visits });
    process.stderr.write(".");
  }
} finally {
  await chrome.kill();
}
process.stderr.write("\n");
console.log(JSON.stringify(report));
