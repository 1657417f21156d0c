import { crc32 } from "node:zlib";
import { MAX_PORTRAIT_BYTES } from "@im-webapp/protocol";
import sharp from "sharp";
import { expect, it } from "vitest";
import { SharpPortraits } from "./sharp-portraits.ts";

const portraits = new SharpPortraits();
const plain = (width: number, height: number, background = "#c33") =>
  sharp({ create: { width, height, channels: 3, background } });

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

it.each(["jpeg", "png", "webp", "gif"] as const)("makes a square WebP of a %s", async (format) => {
  const made = await portraits.make(await plain(300, 120).toFormat(format).toBuffer());
  expect(await sharp(made).metadata()).toMatchObject({ format: "webp", width: 256, height: 256 });
  expect(made.length).toBeLessThan(20_000);
});

it("enlarges what is small", async () => {
  const made = await portraits.make(await plain(1, 1).png().toBuffer());
  expect(await sharp(made).metadata()).toMatchObject({ width: 256, height: 256 });
});

it("turns a photo as its camera was held, and keeps nothing that it says about place and time", async () => {
  // Red on the left, blue on the right, to be turned a quarter clockwise: red on top.
  const right = await plain(50, 100, "#00f").png().toBuffer();
  const photo = await plain(100, 100, "#f00")
    .composite([{ input: right, left: 50, top: 0 }])
    .jpeg()
    .withExif({ IFD0: { Orientation: "6", Copyright: "secret" }, IFD3: { GPSLatitude: "31/1 13/1 0/1" } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  const made = await portraits.make(photo);
  const { exif, xmp, icc, orientation } = await sharp(made).metadata();
  expect({ exif, xmp, icc, orientation }).toEqual({});
  const { data } = await sharp(made).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  expect(data[0]).toBeGreaterThan(200);
  expect(data.at(-1)).toBeGreaterThan(200);
  expect(data[255 * 3]).toBeGreaterThan(200);
});

it("takes the first picture of an animation and no other", async () => {
  const frames = Buffer.concat(
    await Promise.all(["#f00", "#00f"].map((colour) => plain(20, 20, colour).ensureAlpha().raw().toBuffer())),
  );
  const animation = await sharp(frames, { raw: { width: 20, height: 40, channels: 4, pageHeight: 20 } })
    .gif({ delay: [100, 100] })
    .toBuffer();
  expect((await sharp(animation).metadata()).pages).toBe(2);
  const made = await portraits.make(animation);
  expect((await sharp(made).metadata()).pages ?? 1).toBe(1);
  const { data } = await sharp(made).raw().toBuffer({ resolveWithObject: true });
  expect([data[0]! > 200, data[2]! < 50]).toEqual([true, true]);
});

it("refuses what is no image, whatever it calls itself", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const tiff = await plain(10, 10).tiff().toBuffer();
  for (const bytes of ["", "hello", svg, `<?xml version="1.0"?>${svg}`, "<html>", "GIF89a", "%PDF-1.7"]) {
    await expect(portraits.make(Buffer.from(bytes)), bytes).rejects.toThrow(refusal("BAD_REQUEST"));
  }
  await expect(portraits.make(tiff)).rejects.toThrow(refusal("BAD_REQUEST"));
  const png = await plain(200, 200).png().toBuffer();
  await expect(portraits.make(png.subarray(0, 100))).rejects.toThrow(refusal("BAD_REQUEST"));
});

it("refuses a bomb by its header, at once and in little memory", async () => {
  const bomb = await plain(10, 10).png().toBuffer();
  // Width and height stand in the first chunk, before its checksum.
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
  const before = performance.now();
  await expect(portraits.make(bomb)).rejects.toThrow(refusal("TOO_LARGE"));
  expect(performance.now() - before).toBeLessThan(1_000);
  await expect(portraits.make(new Uint8Array(MAX_PORTRAIT_BYTES + 1))).rejects.toThrow(refusal("TOO_LARGE"));
});

it("lets only so many wait, and goes on after those that failed", async () => {
  const small = await plain(10, 10).png().toBuffer();
  const all = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) => portraits.make(index % 2 === 0 ? small : Buffer.from("no image"))),
  );
  const codes = all.map((one) => (one.status === "fulfilled" ? "ok" : (one.reason as { code: string }).code));
  expect(codes.slice(0, 8)).toEqual(Array.from({ length: 4 }, () => ["ok", "BAD_REQUEST"]).flat());
  expect(codes.slice(8)).toEqual(Array.from({ length: 4 }, () => "UNAVAILABLE"));
  await portraits.make(small);
});
