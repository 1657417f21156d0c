import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { TimeStyle } from "./time.ts";

/** How times are written on this screen: in the chosen language, in the device's zone. */
export function useTimeStyle(): TimeStyle {
  const { i18n } = useTranslation();
  return useMemo(() => ({ language: i18n.language }), [i18n.language]);
}
