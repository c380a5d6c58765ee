import { longest, readAddress } from "./written-uri";

/** Whether a text is a page or endpoint on the web, of one host. */
export function isWebUrl(text: string): boolean {
  const address = text.length > longest ? undefined : readAddress(text);
  const isWeb = address?.protocol === "https:" || address?.protocol === "http:";
  return isWeb && address?.star !== "host" && address?.star !== "port";
}

/** What is wrong with the URL of a webhook endpoint in this place, or nothing. */
export function webhookUrlFault(url: string, isProduction: boolean): string | undefined {
  if (!isWebUrl(url)) return "The endpoint URL is not a valid URL.";
  return isProduction && readAddress(url)?.protocol !== "https:"
    ? "The endpoint URL must use https in production."
    : undefined;
}
