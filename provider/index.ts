export type { Definition, Failure, Field, Fields } from "./define";
export * from "./errors";
export { definitions, type Kind } from "./resources";
