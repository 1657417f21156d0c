/** A place on the earth, in degrees. */
export interface Coordinates {
  readonly lat: number;
  readonly lng: number;
}

/** Digits after the point that are shown: about a metre. */
const SHOWN_DIGITS = 5;

/** How close the map is. */
const ZOOM = 16;

const NUMBER = String.raw`[-+]?\d{1,3}(?:\.\d+)?`;

/** Two numbers with a comma or blanks between them, of either width. */
const PAIR = new RegExp(String.raw`^\s*(${NUMBER})\s*(?:[,，]|\s)\s*(${NUMBER})\s*$`, "u");

/** How map sites write a place into an address: OpenStreetMap, Google, Apple and `geo:` links. */
const IN_LINKS = [
  new RegExp(`[?&#]mlat=(${NUMBER})&(?:amp;)?mlon=(${NUMBER})`),
  new RegExp(`#map=\\d+(?:\\.\\d+)?/(${NUMBER})/(${NUMBER})`),
  new RegExp(`!3d(${NUMBER})!4d(${NUMBER})`),
  new RegExp(`@(${NUMBER}),(${NUMBER})`),
  new RegExp(`[?&](?:q|ll|query|center|coordinate)=(?:loc:)?(${NUMBER})(?:,|%2C)(${NUMBER})`, "i"),
  new RegExp(`^geo:(${NUMBER}),(${NUMBER})`),
];

/** The place that somebody typed or pasted: latitude and longitude, or the address of a map. Null for anything else. */
export function parseCoordinates(text: string): Coordinates | null {
  for (const pattern of [PAIR, ...IN_LINKS]) {
    const [, first, second] = pattern.exec(text.trim()) ?? [];
    if (first === undefined || second === undefined) continue;
    const [lat, lng] = [Number(first), Number(second)];
    if (Math.abs(lat) <= 90 && Math.abs(lng) <= 180) return { lat, lng };
  }
  return null;
}

export function coordinatesText({ lat, lng }: Coordinates): string {
  return `${lat.toFixed(SHOWN_DIGITS)}, ${lng.toFixed(SHOWN_DIGITS)}`;
}

/** Where OpenStreetMap shows it. */
export function mapUrl({ lat, lng }: Coordinates): string {
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lng}#map=${ZOOM}/${lat}/${lng}`;
}
