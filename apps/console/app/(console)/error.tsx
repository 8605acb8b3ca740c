"use client";

export { PageError as default } from "#features/status-pages/page-error";
