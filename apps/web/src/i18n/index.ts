import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en/index.ts";
import { initialLanguage, type Language, rememberLanguage } from "./language.ts";
import { zhCN } from "./zh-CN/index.ts";

const applyToDocument = (language: string) => {
  document.documentElement.lang = language;
  // The name that the app is installed by.
  document.querySelector('link[rel="manifest"]')?.setAttribute("href", `/manifest-${language}.webmanifest`);
};

/** Makes the texts available to `useTranslation`. Resolves before the first render; both languages are in the bundle. */
export async function initTexts(): Promise<void> {
  i18next.on("languageChanged", applyToDocument);
  await i18next.use(initReactI18next).init({
    resources: { "zh-CN": { translation: zhCN }, en: { translation: en } },
    lng: initialLanguage(),
    fallbackLng: "zh-CN",
    // React escapes what it shows; a second escaping would show `&amp;`.
    interpolation: { escapeValue: false },
    returnNull: false,
    // An advertisement in every user's console.
    showSupportNotice: false,
  });
}

/** Switches the language of the page and remembers the choice on this device. */
export async function setLanguage(language: Language): Promise<void> {
  rememberLanguage(language);
  await i18next.changeLanguage(language);
}
