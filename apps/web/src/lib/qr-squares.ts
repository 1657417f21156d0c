import { encode } from "uqr";

/** Light squares around the code, without which scanners do not find it (ISO/IEC 18004 asks for four). */
const QUIET_ZONE = 4;

interface QrSquares {
  /** Squares along each side, with the light ones around the code. */
  readonly size: number;
  readonly dark: readonly { readonly x: number; readonly y: number }[];
}

/** The QR code of a text, as the squares of it that are dark. */
export function qrSquares(text: string): QrSquares {
  const { size, data } = encode(text, { ecc: "M", border: QUIET_ZONE });
  return { size, dark: data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [{ x, y }] : []))) };
}
