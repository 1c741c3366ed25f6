// What an edit has changed: found word by word, and marked where it stands.

const LONGEST = 600; // words; what is longer is shown as changed as a whole

// Ranges of the new text that were not in the old one; none when most of it is new.
export function changes(before, after) {
  const old = before.match(/\S+/g) ?? [];
  const words = [...after.matchAll(/\S+/g)];
  if (!words.length || old.length > LONGEST || words.length > LONGEST) return [];
  const fresh = unmatched(old, words.map(([word]) => word));
  if (fresh.filter(Boolean).length > words.length * 0.6) return [];
  const ranges = [];
  words.forEach((word, at) => {
    if (!fresh[at]) return;
    const end = word.index + word[0].length;
    if (at && fresh[at - 1]) ranges[ranges.length - 1][1] = end;
    else ranges.push([word.index, end]);
  });
  return ranges;
}

// For each new word whether it is outside the longest common run of both texts.
function unmatched(old, words) {
  const wide = words.length + 1;
  const common = new Uint16Array((old.length + 1) * wide);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = words.length - 1; j >= 0; j -= 1) {
      common[i * wide + j] = old[i] === words[j]
        ? common[(i + 1) * wide + j + 1] + 1
        : Math.max(common[(i + 1) * wide + j], common[i * wide + j + 1]);
    }
  }
  const fresh = words.map(() => true);
  for (let i = 0, j = 0; i < old.length && j < words.length;) {
    if (old[i] === words[j]) { fresh[j] = false; i += 1; j += 1; }
    else if (common[(i + 1) * wide + j] >= common[i * wide + j + 1]) i += 1;
    else j += 1;
  }
  return fresh;
}

// Wraps ranges of an element's text, whatever tags they run across.
export function mark(element, ranges) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let at = 0; walker.nextNode(); at += walker.currentNode.length) texts.push([walker.currentNode, at]);
  for (const [node, at] of texts) {
    for (const [begin, end] of [...ranges].reverse()) {
      const from = Math.max(begin - at, 0);
      const to = Math.min(end - at, node.length);
      if (from >= to) continue;
      const piece = from ? node.splitText(from) : node;
      if (to - from < piece.length) piece.splitText(to - from);
      const marked = document.createElement("mark");
      piece.replaceWith(marked);
      marked.append(piece);
    }
  }
}
