import { type Exchange, isTooDeep } from "../http/exchange";
import { ApiError, invalid, malformed } from "./errors";
import { isObject, type Json } from "./fields";

/** Text that the real database does not keep. */
function checkTexts(value: unknown, attr: string | null): void {
  if (typeof value === "string") {
    if (value.includes("\0")) throw invalid(attr, "Null characters are not allowed.", "null_characters_not_allowed");
    if (/\p{Surrogate}/u.test(value))
      throw invalid(attr, "Surrogate characters are not allowed.", "surrogate_characters_not_allowed");
  } else if (Array.isArray(value)) {
    for (const one of value) checkTexts(one, attr);
  } else if (isObject(value)) {
    for (const [name, one] of Object.entries(value)) {
      checkTexts(name, attr);
      checkTexts(one, attr ?? (/^\w{1,100}$/.test(name) ? name : null));
    }
  }
}

/** Any JSON document, or nothing. */
export function documentOf(source: string): unknown {
  if (source.trim() === "") return {};
  if (isTooDeep(source)) throw malformed();
  let value: unknown;
  try {
    value = JSON.parse(source) as unknown;
  } catch {
    throw malformed();
  }
  checkTexts(value, null);
  return value;
}

/** The body of a request to the management API. */
export function bodyOf({ text, headers }: Exchange): Json {
  const type = headers["content-type"] ?? "";
  if (text !== "" && !/^application\/json\s*(;|$)/i.test(type))
    throw new ApiError(
      415,
      "invalid_request",
      "unsupported_media_type",
      `Unsupported media type "${type.slice(0, 100)}" in request.`,
    );
  const value = documentOf(text);
  if (!isObject(value)) throw invalid(null, "Invalid data. Expected a dictionary.");
  return value;
}
