import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy.js";

test("allows the page's own inline scripts by hash, and no others", () => {
  const policy = contentSecurityPolicy(
    '<script src="/a.js"></script><script>alert(1)</script><script id="x">2</script>',
  );
  const scripts = policy.split("; ").find((directive) => directive.startsWith("script-src"));
  expect(scripts).toBe(
    "script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' 'sha256-1HNeOiZeFu7gP1lxi5tdAwGcB9i2xR+Q2jpmbuwTqzU='",
  );
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-inline");
});
