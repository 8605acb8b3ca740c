/**
 * A certificate for `localhost` and 127.0.0.1 that signed itself, and its key: for servers of tests on this machine, and worth nothing
 * anywhere else. Valid until 2126.
 */
export const selfSigned = {
  organisation: "Inspecting Proxy Ltd",
  certificate: `-----BEGIN CERTIFICATE-----
MIIB2DCCAX+gAwIBAgIURp5DMXQTi6BKA78HNvsmExT4qiMwCgYIKoZIzj0EAwIw
MzEdMBsGA1UECgwUSW5zcGVjdGluZyBQcm94eSBMdGQxEjAQBgNVBAMMCWxvY2Fs
aG9zdDAgFw0yNjExMjkxMTA1MTBaGA8yMTI2MTEwNTExMDUxMFowMzEdMBsGA1UE
CgwUSW5zcGVjdGluZyBQcm94eSBMdGQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABDJxiWKtZG4GImA9+7ygPxRgrlHwG5gsZ/mx
44wKR1WqXgp8ju8juTr0tELn9YaqNSMAVts+WzdsWT9jmqEhaJWjbzBtMB0GA1Ud
DgQWBBSS4pP0OpHfQNH+/CABKgDOPCrcsDAfBgNVHSMEGDAWgBSS4pP0OpHfQNH+
/CABKgDOPCrcsDAPBgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGCCWxvY2FsaG9z
dIcEfwAAATAKBggqhkjOPQQDAgNHADBEAiBD/0vAcUc1rvVSrKJjk6xkIwLHg6fG
u+V+t97u3wR76gIgIB7OASUTh2GA4uby1p/hjWqsjEkZaLTS0IJuaSMpKso=
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgweUos0DC0jrD8LWR
z9BgCUp3cYYcieNB4J8kjiKhFb6hRANCAAQycYlirWRuBiJgPfu8oD8UYK5R8BuY
LGf5seOMCkdVql4KfI7vI7k69LRC5/WGqjUjAFbbPls3bFk/Y5qhIWiV
-----END PRIVATE KEY-----
`,
} as const;
