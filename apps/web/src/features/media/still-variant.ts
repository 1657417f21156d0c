/** The smallest form of a picture that is sharp on this screen. */
export function stillVariant(): "preview" | "thumbnail" {
  return window.devicePixelRatio >= 1.5 ? "preview" : "thumbnail";
}
