// The policy text of an element, and the map from it back into the page: the same rules as articles/text.py, in the same
// order. NFC, no invisible signs, blocks and line breaks as one space, white space folded, length in code points.

const BREAKS = new Set(("p h2 h3 blockquote ul ol li hr table tbody tr th td figure figcaption br div section article " +
  "header footer h1 h4 h5 h6 dl dt dd").split(" "));
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const SPACE = /[\s\u0085\u001c-\u001f]/;
const WORD = /[\p{L}\p{N}\p{M}'’ʼ-]/u;

/** The signs of an element's text, one a code point, each with the text node and the two offsets that it comes from. */
export function signs(root) {
  const source = [];
  const walk = (node) => {
    if (node.nodeType === 3) {
      let start = 0;
      for (const sign of node.data) {
        source.push({ sign, node, start, end: start + sign.length });
        start += sign.length;
      }
    } else if (node.nodeType === 1 && !("furniture" in node.dataset)) {
      const isBlock = BREAKS.has(node.localName);
      if (isBlock) source.push({ sign: " " });
      for (const child of node.childNodes) walk(child);
      if (isBlock) source.push({ sign: " " });
    }
  };
  walk(root);
  return folded(composed(source));
}

export const policyText = (root) => signs(root).map(({ sign }) => sign).join("");
export const isWord = (sign) => sign !== undefined && WORD.test(sign);

function composed(source) {
  const whole = source.map(({ sign }) => sign).join("");
  if (whole.normalize("NFC") === whole) return source;
  const out = [];
  let cluster = [];
  for (const item of source) {
    const before = cluster.map(({ sign }) => sign).join("");
    const apart = before.normalize("NFC") + item.sign.normalize("NFC");
    const isApart = !/\p{M}/u.test(item.sign) && (before + item.sign).normalize("NFC") === apart;
    if (cluster.length && (SPACE.test(before) || isApart)) {
      out.push(...asOne(cluster));
      cluster = [];
    }
    cluster.push(item);
  }
  return [...out, ...asOne(cluster)];
}

/** A cluster that composes: each sign of it stands for the whole of its source. */
function asOne(cluster) {
  const text = cluster.map(({ sign }) => sign).join("");
  const whole = text.normalize("NFC");
  if (whole === text) return cluster;
  const [first, last] = [cluster[0], cluster[cluster.length - 1]];
  return [...whole].map((sign) => ({ sign, node: first.node, start: first.start, lastNode: last.node, end: last.end }));
}

function folded(source) {
  const out = [];
  for (const item of source) {
    if (INVISIBLE.test(item.sign)) continue;
    const isSpace = SPACE.test(item.sign);
    if (isSpace && (!out.length || out[out.length - 1].sign === " ")) continue;
    out.push(isSpace ? { ...item, sign: " " } : item);
  }
  if (out.length && out[out.length - 1].sign === " ") out.pop();
  return out;
}
