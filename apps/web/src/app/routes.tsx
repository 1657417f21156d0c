import type { RouteObject } from "react-router";
import { CrashPage } from "./crash-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { RootLayout } from "./root-layout.tsx";
import { Splash } from "./splash.tsx";

/**
 * Every address of the app. The pages for signing in and the chat are loaded when they are first needed, each in one
 * piece.
 */
export const routes: RouteObject[] = [
  {
    Component: RootLayout,
    ErrorBoundary: CrashPage,
    HydrateFallback: Splash,
    children: [
      {
        lazy: async () => ({ Component: (await import("../features/auth/index.ts")).GuestLayout }),
        children: [
          {
            path: "login",
            lazy: async () => ({ Component: (await import("../features/auth/index.ts")).LoginPage }),
          },
          {
            path: "register",
            lazy: async () => ({ Component: (await import("../features/auth/index.ts")).RegisterPage }),
          },
        ],
      },
      {
        lazy: async () => ({ Component: (await import("./chat-pages.ts")).Shell }),
        children: [
          {
            lazy: async () => ({ Component: (await import("./chat-pages.ts")).ChatsSection }),
            children: [
              { index: true, lazy: async () => ({ Component: (await import("./chat-pages.ts")).NoConversation }) },
              {
                path: "c/:conversationId",
                lazy: async () => ({ Component: (await import("./chat-pages.ts")).ConversationPage }),
              },
              {
                path: "c/:conversationId/m/:seq",
                lazy: async () => ({ Component: (await import("./chat-pages.ts")).ConversationPage }),
              },
              {
                path: "starred",
                lazy: async () => ({ Component: (await import("./chat-pages.ts")).StarredPage }),
              },
              {
                path: "groups/new",
                lazy: async () => ({ Component: (await import("./chat-pages.ts")).NewGroupPage }),
              },
              { path: "join/:token", lazy: async () => ({ Component: (await import("./chat-pages.ts")).JoinPage }) },
              {
                path: "g/:groupId",
                lazy: async () => ({ Component: (await import("./chat-pages.ts")).GroupCardPage }),
              },
            ],
          },
          {
            lazy: async () => ({ Component: (await import("./chat-pages.ts")).ContactsSection }),
            children: [
              { path: "contacts", lazy: async () => ({ Component: (await import("./chat-pages.ts")).NobodyChosen }) },
              {
                path: "contacts/requests",
                lazy: async () => ({ Component: (await import("./chat-pages.ts")).RequestsPage }),
              },
              { path: "notices", lazy: async () => ({ Component: (await import("./chat-pages.ts")).NoticesPage }) },
              {
                path: "u/:userId",
                lazy: async () => ({ Component: (await import("./chat-pages.ts")).UserCardPage }),
              },
            ],
          },
          {
            path: "settings",
            lazy: async () => ({ Component: (await import("./chat-pages.ts")).SettingsSection }),
            children: [
              { path: "profile", lazy: async () => ({ Component: (await import("./chat-pages.ts")).ProfilePage }) },
              { path: "privacy", lazy: async () => ({ Component: (await import("./chat-pages.ts")).PrivacyPage }) },
              {
                path: "notifications",
                lazy: async () => ({ Component: (await import("./chat-pages.ts")).NotificationsPage }),
              },
              { path: "security", lazy: async () => ({ Component: (await import("./chat-pages.ts")).SecurityPage }) },
              { path: "devices", lazy: async () => ({ Component: (await import("./chat-pages.ts")).DevicesPage }) },
              { path: "data", lazy: async () => ({ Component: (await import("./chat-pages.ts")).DataPage }) },
              { path: "blocked", lazy: async () => ({ Component: (await import("./chat-pages.ts")).BlockedPage }) },
              { path: "general", lazy: async () => ({ Component: (await import("./chat-pages.ts")).GeneralPage }) },
            ],
          },
        ],
      },
      {
        path: "sign-in/oidc",
        lazy: async () => ({ Component: (await import("../features/auth/index.ts")).OidcReturnPage }),
      },
      { path: "*", Component: NotFoundPage },
    ],
  },
];
