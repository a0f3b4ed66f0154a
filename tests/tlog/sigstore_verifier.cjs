// A verifier written by others (sigstore-js) reads a checkpoint and an inclusion proof of ours.
// Input: {envelope, key, name, id, index, entry, hashes}; prints the size it has accepted.
const crypto = require("node:crypto");
const path = require("node:path");

const parts = path.join(process.argv[2], "node_modules/@sigstore/verify/dist/tlog");
const { verifyCheckpoint } = require(path.join(parts, "checkpoint.js"));
const { verifyMerkleInclusion } = require(path.join(parts, "merkle.js"));

const given = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const raw = (base64) => Buffer.from(base64, "base64");
const header = Buffer.from("302a300506032b6570032100", "hex"); // SubjectPublicKeyInfo of Ed25519
const publicKey = crypto.createPublicKey({
  key: Buffer.concat([header, raw(given.key)]),
  format: "der",
  type: "spki",
});
const entry = {
  canonicalizedBody: raw(given.entry),
  inclusionProof: {
    logIndex: String(given.index),
    hashes: given.hashes.map(raw),
    checkpoint: { envelope: given.envelope },
  },
};
const logs = [{ logID: raw(given.id), baseURL: given.name, publicKey }];
const checkpoint = verifyCheckpoint(entry, logs);
verifyMerkleInclusion(entry, checkpoint);
process.stdout.write(String(checkpoint.logSize));
