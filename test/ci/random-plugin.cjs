#!/usr/bin/env node
// Stands in for pulumi-resource-random, which the engine downloads for a user and cannot download here: RandomPet alone.
const { randomBytes } = require("node:crypto");
const { main } = require("@pulumi/pulumi/provider");

const pet = () => `quiet-${randomBytes(4).toString("hex")}`;
main(
  {
    version: "4.21.2",
    check: async (urn, olds, news) => ({ inputs: news }),
    diff: async () => ({ changes: false }),
    create: async (urn, inputs) => ((id) => ({ id, outs: { ...inputs, id } }))(pet()),
    delete: async () => {},
  },
  process.argv.slice(2),
);
