// The "platform" is the folder PROBE_FOLDER, an object a file: a test sees it, and changes it behind the engine's back.
const fs = require("node:fs");
const path = require("node:path");

const file = (id) => path.join(process.env.PROBE_FOLDER, id);
const keys = (inputs) => Object.keys(inputs).filter((key) => !["__provider", "token"].includes(key));

exports.check = async (_, news) => ({
  inputs: news,
  failures: news.size === "huge" ? [{ property: "size", reason: "too big: small or large" }] : [],
});
exports.diff = async (_, olds, news) => ({
  changes: [...keys(olds), ...keys(news)].some((key) => olds[key] !== news[key]),
  replaces: olds.place !== news.place ? ["place"] : [],
});
exports.create = async (inputs) => {
  const id = `probe-${fs.readdirSync(process.env.PROBE_FOLDER).length}`;
  if (inputs.size === "hang") await new Promise((resolve) => setTimeout(resolve, 600_000));
  fs.writeFileSync(file(id), JSON.stringify(inputs));
  return { id, outs: { ...inputs, token: `token-of-${id}` } };
};
exports.read = async (id, props) => {
  if (!fs.existsSync(file(id))) return { id: "" };
  return { id, props: { ...props, ...JSON.parse(fs.readFileSync(file(id), "utf8")) } };
};
exports.update = async (id, _, news) => {
  fs.writeFileSync(file(id), JSON.stringify(news));
  return { outs: { ...news, token: `token-of-${id}` } };
};
exports.delete = async (id) => fs.rmSync(file(id), { force: true });
