// The ranking of the search, by the very rules of generator/comptoir/search/ranking.py; a test holds both equal.

globalThis.comptoirRanking = (() => {
  const SAME = 100, MEANT = 70, BEGUN = 40, NEAR = 50, FAR = 35, SHORTEST_STEM = 4;

  const plainWords = (text) =>
    text.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFKD").replace(/\p{M}/gu, "")
      .split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  function stem(word, suffixes) {
    const suffix = suffixes.find((end) => word.length - end.length >= SHORTEST_STEM && word.endsWith(end));
    return suffix ? word.slice(0, -suffix.length) : word;
  }

  const or = (chosen, all) => (chosen.length ? chosen : all);

  function askedStems(question, shipped) {
    const words = plainWords(question);
    const said = or(words.filter((word) => !shipped.stop.includes(word)), words);
    const about = or(said.filter((word) => !shipped.fault.includes(word)), said);
    return [...new Set(about.map((word) => stem(word, shipped.suffixes)))];
  }

  const pairsOf = (stems) => stems.slice(1).map((other, place) => `${stems[place]} ${other}`);

  /** Optimal string alignment. */
  function distance(one, other) {
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, j) => j);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const changed = last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, changed);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  const sorted = (word) => [...word].sort().join("");

  function errorsOf(terms, typed) {
    const allowed = typed.length < 3 ? 0 : typed.length < 7 ? 1 : 2;
    const found = new Map();
    for (const term of Object.keys(terms)) {
      if (term.includes(" ") || Math.abs(term.length - typed.length) > 2) continue;
      const count = distance(typed, term);
      if (count <= allowed && (typed.length > 3 || sorted(term) === sorted(typed))) found.set(term, count === 1 ? NEAR : FAR);
    }
    return found;
  }

  function candidates(terms, typed, asked, isLast, shipped) {
    const found = new Map();
    const has = (term) => Object.hasOwn(terms, term);
    if (typed.includes(" ")) return has(typed) ? found.set(typed, SAME) : found;
    for (const group of shipped.synonyms) {
      if (!group.some((words) => words.includes(typed) && words.every((word) => asked.includes(word)))) continue;
      for (const meant of group.map((words) => words.join(" "))) if (has(meant)) found.set(meant, MEANT);
    }
    if (typed.length >= SHORTEST_STEM || (isLast && typed.length > 1)) {
      for (const term of Object.keys(terms)) {
        if (term.startsWith(typed) && !term.includes(" ") && !found.has(term)) found.set(term, BEGUN);
      }
    }
    if (has(typed)) found.set(typed, SAME);
    return found.size ? found : errorsOf(terms, typed);
  }

  /** Pairs of document and score, the best first. */
  function rank(index, question, shipped) {
    const asked = askedStems(question, shipped);
    const totals = new Map();
    [...asked, ...pairsOf(asked)].forEach((typed, place) => {
      const best = new Map();
      for (const [term, factor] of candidates(index.terms, typed, asked, place === asked.length - 1, shipped)) {
        const [rarity, ...pairs] = index.terms[term];
        for (let i = 0; i < pairs.length; i += 2) {
          const score = Math.floor((pairs[i + 1] * rarity * factor) / 100);
          best.set(pairs[i], Math.max(best.get(pairs[i]) || 0, score));
        }
      }
      for (const [document, score] of best) {
        const [sum, matched] = totals.get(document) || [0, 0];
        totals.set(document, [sum + score, matched + 1]);
      }
    });
    return [...totals].map(([document, [sum, matched]]) => [document, sum * matched]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  /** Words that begin like one that was typed, for whoever finds nothing. */
  function nearWords(titles, question) {
    const begun = plainWords(question).filter((word) => word.length > 1).map((word) => word.slice(0, 2));
    return titles.filter((title) => plainWords(title).some((word) => begun.includes(word.slice(0, 2)))).slice(0, 4);
  }

  return { rank, nearWords };
})();
