export * from "./resources";
export * from "./functions";
export { Provider, type ProviderArgs } from "./provider";
export {
  Stage,
  type StageArgs,
  type ApplicationEntry,
  type FlagEntry,
  type Inventory,
  type KeyEntry,
  type WebhookEntry,
} from "./stage";
export { GoLive, type GoLiveArgs, type GoLiveSettings, type ReportItem } from "./go-live";
