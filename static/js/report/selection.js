// What a selection means: whole words of the text, where they stand, and what stands around them.
import { isWord, signs } from "../policy-text.js";

export const LONGEST = 300; // code points, as in articles/anchors.py
const CONTEXT = 64;
const SENTENCE = 160; // of what stands around, for the reader's eye
const ENDS = /[.!?…。！？؟]["'”’»“)\]]* /gu;

/** The words of `root` that `range` covers; null where it covers none. With more than LONGEST, only their `length`. */
export function describe(root, range) {
  const all = signs(root);
  let [start, end] = widened(all, ...covered(all, range));
  if (end <= start) return null;
  if (end - start > LONGEST) return { length: end - start };
  [start, end] = untilUnique(all, start, end);
  const [quote, before, after] = [[start, end], [start - CONTEXT, start], [end, end + CONTEXT]].map((ends) => words(all, ...ends));
  const [first, last] = [all[start], all[end - 1]];
  const exact = document.createRange();
  exact.setStart(first.node, first.start);
  exact.setEnd(last.lastNode ?? last.node, last.end);
  return { quote, before, after, near: start, length: end - start, version: root.dataset.revision, range: exact, ...sentence(all, start, end) };
}

const words = (all, start, end) => all.slice(Math.max(0, start), end).map(({ sign }) => sign).join("");

function covered(all, range) {
  const bounds = new Map();
  const of = (node) => {
    if (!range.intersectsNode(node)) return [0, 0];
    return [node === range.startContainer ? range.startOffset : 0, node === range.endContainer ? range.endOffset : node.length];
  };
  let [first, last] = [-1, -1];
  all.forEach(({ node, start, end }, index) => {
    if (!node) return; // the space between two blocks
    if (!bounds.has(node)) bounds.set(node, of(node));
    const [from, to] = bounds.get(node);
    if (end <= from || start >= to) return;
    if (first < 0) first = index;
    last = index;
  });
  return [first, last + 1];
}

function widened(all, start, end) {
  const isWordAt = (index) => isWord(all[index]?.sign);
  if (start < 0) return [0, 0]; // furniture alone
  while (start < end && all[start].sign === " ") start += 1;
  while (end > start && all[end - 1].sign === " ") end -= 1;
  if (end <= start) return [0, 0];
  while (isWordAt(start) && isWordAt(start - 1)) start -= 1;
  while (isWordAt(end - 1) && isWordAt(end)) end += 1;
  while (isMark(all[end]?.sign)) end += 1; // an accent belongs to the letter before it
  return [start, end];
}

const isMark = (sign) => sign !== undefined && /[\p{M}\u200d]/u.test(sign);

/** Take word after word as well, until the words with what is kept around them stand there once. */
function untilUnique(all, start, end) {
  const text = words(all, 0, all.length);
  const isUnique = () => {
    const seen = words(all, start - CONTEXT, end + CONTEXT);
    return text.indexOf(seen) === text.lastIndexOf(seen);
  };
  while (!isUnique()) {
    const [from, to] = widened(all, Math.max(0, start - 2), Math.min(all.length, end + 2));
    if (to - from > LONGEST || (from === start && to === end)) break;
    [start, end] = [from, to];
  }
  return [start, end];
}

/** The rest of the sentence on both sides. */
function sentence(all, start, end) {
  let lead = words(all, start - SENTENCE, start);
  const starts = [...lead.matchAll(ENDS)].map((found) => found.index + found[0].length);
  if (starts.length) lead = lead.slice(starts[starts.length - 1]);
  else if (start > SENTENCE) lead = `…${lead.slice(lead.indexOf(" "))}`;
  let rest = words(all, end, end + SENTENCE);
  const [stop] = rest.matchAll(ENDS);
  if (stop) rest = rest.slice(0, stop.index + stop[0].length).trimEnd();
  else if (end + SENTENCE < all.length) rest = `${rest.slice(0, rest.lastIndexOf(" "))} …`;
  return { lead, rest };
}
