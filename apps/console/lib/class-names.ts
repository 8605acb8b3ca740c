import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. Nothing is merged: what a component sets itself is changed by its variants, and a `className`
 * passed to it only places it (margins, grid, width).
 */
export function classNames(...values: ClassValue[]): string {
  return clsx(values);
}
