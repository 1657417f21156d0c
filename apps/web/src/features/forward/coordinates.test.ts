import { describe, expect, it } from "vitest";
import { coordinatesText, mapUrl, parseCoordinates } from "./coordinates.ts";

const SHANGHAI = { lat: 31.2304, lng: 121.4737 };

describe("parseCoordinates", () => {
  it.each([
    "31.2304, 121.4737",
    "31.2304，121.4737",
    " 31.2304 121.4737 ",
    "https://www.openstreetmap.org/?mlat=31.2304&mlon=121.4737#map=12/31.0/121.0",
    "https://www.openstreetmap.org/#map=15/31.2304/121.4737",
    "https://www.google.com/maps/@31.2304,121.4737,15z",
    "https://www.google.com/maps/search/?api=1&query=31.2304%2C121.4737",
    "https://maps.apple.com/?ll=31.2304,121.4737",
    "geo:31.2304,121.4737",
  ])("finds the place in %s", (text) => {
    expect(parseCoordinates(text)).toEqual(SHANGHAI);
  });

  it.each(["", "31.2304", "91, 0", "0, 181", "人民广场", "1, 2, 3", "https://example.com/?q=pizza"])(
    "finds none in %j",
    (text) => {
      expect(parseCoordinates(text)).toBeNull();
    },
  );

  it("reads what it has written", () => {
    expect(parseCoordinates(mapUrl(SHANGHAI))).toEqual(SHANGHAI);
    expect(parseCoordinates(coordinatesText({ lat: -33.8688, lng: -151.2093 }))).toEqual({
      lat: -33.8688,
      lng: -151.2093,
    });
  });
});
