// Compares an older checkpoint with the log as it is published now: does the tree of today begin
// with the tree of then (RFC 6962, 2.1.2)? The hashes come from the public tiles, and the same ones
// make both roots, so tiles that lie cannot fit both. The twin in Python is netral.tlog.witness.

import { NotProved, nodeHash, openNote, same } from "./proof.js";

const TILE_HEIGHT = 8;
const TILE_WIDTH = 1 << TILE_HEIGHT;
const HASH_SIZE = 32;

async function read(address) {
  const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(answer.statusText);
  return answer;
}

/** The checkpoint published under `prefix` now. Throws NotProved, or another Error off the net. */
export async function checkpointNow(prefix, logKeys, witnessKeys = []) {
  const answer = await read(`${prefix}checkpoint`);
  if (!answer) throw new NotProved("no_checkpoint");
  const note = await answer.text();
  return { ...(await openNote(note, logKeys, witnessKeys)), note };
}

/** `17` → `017`, `1234067` → `x001/x234/067` (C2SP tlog-tiles). */
function pathOf(number) {
  const groups = String(number).padStart(Math.ceil(String(number).length / 3) * 3, "0").match(/.../g);
  return groups.map((three, at) => (at < groups.length - 1 ? `x${three}` : three)).join("/");
}

/** Hashes of complete subtrees of the log at `size`, each read once. */
class Tiles {
  constructor(prefix, size) {
    this.prefix = prefix;
    this.size = size;
    this.known = new Map();
  }

  once(name, make) {
    if (!this.known.has(name)) this.known.set(name, make());
    return this.known.get(name);
  }

  tile(level, number) {
    return this.once(`tile ${level} ${number}`, async () => {
      const hashes = Math.floor(this.size / TILE_WIDTH ** level);
      const width = Math.min(TILE_WIDTH, hashes - number * TILE_WIDTH);
      const full = `${this.prefix}tile/${level}/${pathOf(number)}`;
      // A narrow tile goes when the full one is there.
      const answer = (width < TILE_WIDTH && (await read(`${full}.p/${width}`))) || (await read(full));
      const octets = new Uint8Array(answer ? await answer.arrayBuffer() : 0);
      if (octets.length < width * HASH_SIZE) throw new NotProved("tile_missing");
      return octets;
    });
  }

  /** The root of the complete subtree number `number` of `2 ** height` leaves. */
  subtree(height, number) {
    return this.once(`subtree ${height} ${number}`, async () => {
      const level = Math.floor(height / TILE_HEIGHT);
      const count = 2 ** (height % TILE_HEIGHT);
      const first = number * count;
      const octets = await this.tile(level, Math.floor(first / TILE_WIDTH));
      const start = (first % TILE_WIDTH) * HASH_SIZE;
      let row = Array.from({ length: count }, (_, at) => octets.slice(start + at * HASH_SIZE, start + (at + 1) * HASH_SIZE));
      while (row.length > 1) {
        row = await Promise.all(row.filter((_, at) => at % 2 === 0).map((left, at) => nodeHash(left, row[2 * at + 1])));
      }
      return row[0];
    });
  }
}

/** The root over leaves `start` to `end`, from subtrees that lie wholly before or behind `cut`. */
async function rangeRoot(tiles, start, end, cut) {
  const width = end - start;
  let half = 1;
  while (half * 2 < width) half *= 2;
  const isComplete = width === 1 || half * 2 === width;
  if (isComplete && start % width === 0 && (end <= cut || start >= cut)) {
    return tiles.subtree(Math.round(Math.log2(width)), start / width);
  }
  const sides = [rangeRoot(tiles, start, start + half, cut), rangeRoot(tiles, start + half, end, cut)];
  return nodeHash(...(await Promise.all(sides)));
}

/** Where the log of that name is read that was closed; `lines`: name and address, one a line. */
export function closedAddress(lines, origin) {
  const found = (lines || "").split("\n").find((line) => line.startsWith(`${origin} `));
  return found?.slice(origin.length + 1);
}

/** Throws NotProved unless the log at `now` begins with all that `before` had: `{size, root}` each. */
export async function mustBeginWith(prefix, before, now) {
  if (before.size > now.size) throw new NotProved("log_shrank");
  if (before.size === now.size) {
    if (!same(before.root, now.root)) throw new NotProved("log_forked");
    return;
  }
  const tiles = new Tiles(prefix, now.size);
  const roots = await Promise.all([
    rangeRoot(tiles, 0, now.size, before.size),
    before.size ? rangeRoot(tiles, 0, before.size, before.size) : before.root,
  ]);
  if (!same(roots[0], now.root)) throw new NotProved("tiles_differ");
  if (!same(roots[1], before.root)) throw new NotProved("log_forked");
}
