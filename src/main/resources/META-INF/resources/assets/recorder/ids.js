/**
 * UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then random bits. Within one millisecond the 12 bits after the version
 * count upwards, so ids of one page sort in the order in which they were made. Works on plain http too, where
 * crypto.randomUUID is missing.
 */
export function uuidV7Source(now = () => Date.now(), fill = (bytes) => crypto.getRandomValues(bytes)) {
  let lastMillis = -1;
  let counter = 0;
  return () => {
    const bytes = fill(new Uint8Array(16));
    const millis = Math.max(now(), lastMillis);
    counter = millis === lastMillis ? counter + 1 : ((bytes[6] & 0x07) << 8) | bytes[7];
    lastMillis = millis;
    if (counter > 0xfff) {
      lastMillis += 1;
      counter = 0;
    }
    let rest = lastMillis;
    for (let i = 5; i >= 0; i--) {
      bytes[i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    bytes[6] = 0x70 | (counter >> 8);
    bytes[7] = counter & 0xff;
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };
}

export const uuidV7 = uuidV7Source();
