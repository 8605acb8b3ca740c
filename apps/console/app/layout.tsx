import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Providers } from "#components/providers";
import "./globals.css";

export const metadata: Metadata = { robots: { index: false }, referrer: "same-origin" };
export const viewport: Viewport = { colorScheme: "light dark", viewportFit: "cover" };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme script sets the class, and the language is set in the browser.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script src="/theme.js" />
      </head>
      <body>
        <noscript>The console needs JavaScript. 控制台需要启用 JavaScript。</noscript>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
