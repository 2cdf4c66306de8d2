/**
 * Who follows what: every topic and every log, over socket.io and as a plain WebSocket. Columns and letters are those of
 * `reach-table.ts`. JOIN and SEND leave: namespace `live`; FOLLOW, SEND unfollow and SEND credit: namespace `logs`;
 * OPEN, ATTACH (what the owner opened in the sibling's container), SEND frame, SEND control and SEND end: namespace `terminal`;
 * EVENTS: `/api/v1/events`; STREAM: `/api/v1/logs/stream`. A topic or a message without a row fails.
 */
export const REACH_LIVE_TABLE = `
#                    owner admin membr viewr grant elsew outsd anon  expir
JOIN containers      +     +     +     +     +     +     +     0     +
JOIN operations      +     +     +     +     +     +     +     0     +
JOIN environments    +     +     +     +     +     +     +     0     +
JOIN people          +     +     x     x     x     x     x     0     x
JOIN tenants         +     +     x     x     x     x     x     0     x
JOIN roles           +     +     x     x     x     x     x     0     x
JOIN teams           +     +     x     x     x     x     x     0     x
JOIN projects        +     +     +     +     +     +     +     0     +
JOIN accessRequests  +     +     +     +     +     +     +     0     +
JOIN alerts          +     +     +     +     +     +     +     0     +
JOIN engineEvents    +     +     +     +     +     +     +     0     +
JOIN plugins         +     +     x     x     x     x     x     0     x
JOIN operation:id    +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
JOIN access:id       +++-? +++-? +---? x---? +x--? +---? +---? 00000 +---?
JOIN usage           +     +     +     +     +     +     +     0     +
JOIN hostUsage       +     +     x     x     x     x     x     0     x
JOIN usage:id        +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
EVENTS usage         +     +     +     +     +     +     +     0     +
EVENTS hostUsage     +     +     x     x     x     x     x     0     x
EVENTS usage:id      +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
EVENTS containers    +     +     +     +     +     +     +     0     +
EVENTS operations    +     +     +     +     +     +     +     0     +
EVENTS environments  +     +     +     +     +     +     +     0     +
EVENTS people        +     +     x     x     x     x     x     0     x
EVENTS tenants       +     +     x     x     x     x     x     0     x
EVENTS roles         +     +     x     x     x     x     x     0     x
EVENTS teams         +     +     x     x     x     x     x     0     x
EVENTS projects      +     +     +     +     +     +     +     0     +
EVENTS accessRequests +    +     +     +     +     +     +     0     +
EVENTS alerts        +     +     +     +     +     +     +     0     +
EVENTS engineEvents  +     +     +     +     +     +     +     0     +
EVENTS plugins       +     +     x     x     x     x     x     0     x
EVENTS operation:id  +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
EVENTS access:id     +++-? +++-? +---? x---? +x--? +---? +---? 00000 +---?
FOLLOW container     +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
STREAM container     +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
OPEN container       +++-? +++-? +---? x---? +x--? +---? +---? 00000 +---?
ATTACH terminal      +     +     -     -     -     -     -     0     -
SEND leave           +     +     +     +     +     +     +     0     +
SEND unfollow        +     +     +     +     +     +     +     0     +
SEND credit          +     +     +     +     +     +     +     0     +
SEND frame           +     +     +     +     +     +     +     0     +
SEND control         +     +     +     +     +     +     +     0     +
SEND end             +     +     +     +     +     +     +     0     +
`;
