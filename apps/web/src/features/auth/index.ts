/** What is needed before anybody is signed in, loaded in one piece. */
export { GuestLayout } from "./guest-layout.tsx";
export { LoginPage } from "./login-page.tsx";
export { OidcReturnPage } from "./oidc-return-page.tsx";
export { RegisterPage } from "./register-page.tsx";
