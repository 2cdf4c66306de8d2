/**
 * Who reaches what: every way into the core by HTTP, for everybody who could ask, and for every kind of thing they could name.
 *
 * Columns. owner, administrator, member (to whom nothing was given) and viewer; granted: given the role operator on the
 * sibling's thing; elsewhere: given that on another thing; outsider: a member of another tenant, `acme`; anonymous;
 * expired: given operator on the sibling's thing, and that is over. All but the outsider are in the tenant `default`.
 *
 * Letters of a cell, in this order: a thing of one's own (for anonymous the sibling's) · a thing of the sibling, another
 * member of `default` · a thing of the neighbour, a member of `acme` · one that was there and is gone · an id of no
 * shape. A route that names nothing has one letter. What belongs to nobody is own, the sibling's and the neighbour's at once.
 *
 *   +  past access: done, or refused for another reason (a conflict, a proof asked for)
 *   x  403: no such right here, which tells that it exists only where it may be seen
 *   -  404: nothing there for you
 *   ?  400: no such id can be
 *   0  401: sign in first; on `POST token/refresh`, with a token nobody was given
 *
 * The letters are thought out, not pasted: whoever changes one says why in the commit. A route without a row fails.
 */
export const REACH_TABLE = `
#                                        owner admin membr viewr grant elsew outsd anon  expir
GET healthz                              +     +     +     +     +     +     +     +     +
GET setup                                +     +     +     +     +     +     +     +     +
POST setup                               +     +     +     +     +     +     +     +     +
POST sign-in                             +     +     +     +     +     +     +     +     +
POST sign-in/two-factor                  +     +     +     +     +     +     +     +     +
POST sign-in/passkey/request             +     +     +     +     +     +     +     +     +
POST sign-in/passkey                     +     +     +     +     +     +     +     +     +
POST sign-in/two-factor/passkey-request  +     +     +     +     +     +     +     +     +
GET sign-in/providers                    +     +     +     +     +     +     +     +     +
GET sign-in/providers/:id/start          +++-? +++-? +++-? +++-? +++-? +++-? +++-? +++-? +++-?
GET sign-in/providers/:id/callback       +++-? +++-? +++-? +++-? +++-? +++-? +++-? +++-? +++-?
POST sign-out                            +     +     +     +     +     +     +     0     +
GET me                                   +     +     +     +     +     +     +     0     +
PUT me/appearance                        +     +     +     +     +     +     +     0     +
DELETE me/session                        +     +     +     +     +     +     +     0     +
PATCH me                                 +     +     +     +     +     +     +     0     +
PUT me/password                          +     +     +     +     +     +     +     0     +
POST me/step-up                          +     +     +     +     +     +     +     0     +
GET me/two-factor                        +     +     +     +     +     +     +     0     +
POST me/two-factor                       +     +     +     +     +     +     +     0     +
POST me/two-factor/confirm               +     +     +     +     +     +     +     0     +
POST me/two-factor/recovery-codes        +     +     +     +     +     +     +     0     +
DELETE me/two-factor                     +     +     +     +     +     +     +     0     +
GET me/passkeys                          +     +     +     +     +     +     +     0     +
POST me/passkeys/creation                +     +     +     +     +     +     +     0     +
POST me/passkeys                         +     +     +     +     +     +     +     0     +
PATCH me/passkeys/:id                    +---? +---? +---? +---? +---? +---? +---? 00000 +---?
DELETE me/passkeys/:id                   +---? +---? +---? +---? +---? +---? +---? 00000 +---?
POST me/step-up/passkey-request          +     +     +     +     +     +     +     0     +
GET me/sessions                          +     +     +     +     +     +     +     0     +
DELETE me/sessions                       +     +     +     +     +     +     +     0     +
DELETE me/sessions/:id                   +---? +---? +---? +---? +---? +---? +---? 00000 +---?
GET me/tokens                            +     +     +     +     +     +     +     0     +
POST me/tokens                           +     +     +     +     +     +     +     0     +
DELETE me/tokens/:id                     +---? +---? +---? +---? +---? +---? +---? 00000 +---?
GET me/drafts                            +     +     +     +     +     +     +     0     +
POST me/drafts                           +     +     +     +     +     +     +     0     +
GET me/drafts/:id                        +---? +---? +---? +---? +---? +---? +---? 00000 +---?
PUT me/drafts/:id                        +---? +---? +---? +---? +---? +---? +---? 00000 +---?
DELETE me/drafts/:id                     +---? +---? +---? +---? +---? +---? +---? 00000 +---?
GET me/drafts/:id/people                 +---? +---? +---? +---? +---? +---? +---? 00000 +---?
PUT me/drafts/:id/people                 +---? +---? +---? +---? +---? +---? +---? 00000 +---?
GET me/terminals                         +     +     +     +     +     +     +     0     +
POST token/two-factor                    +     +     +     +     +     +     +     +     +
POST token                               +     +     +     +     +     +     +     +     +
POST token/refresh                       0     0     0     0     0     0     0     0     0
POST token/revoke                        +     +     +     +     +     +     +     +     +
GET installer/status                     -     -     -     -     -     -     -     -     -
POST installer/init-owner                -     -     -     -     -     -     -     -     -
POST installer/modify-admin              -     -     -     -     -     -     -     -     -
GET users                                +     +     x     x     x     x     x     0     x
POST users                               +     +     x     x     x     x     x     0     x
POST users/import                        +     +     x     x     x     x     x     0     x
GET users/:id                            +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
PATCH users/:id                          +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST users/:id/move                      +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET users/:id/delete-preview             +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
DELETE users/:id                         +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET users/:id/sessions                   +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
DELETE users/:id/sessions                +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
DELETE users/:id/two-factor              +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST users/:id/password-reset            +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET password-resets                      +     +     +     +     +     +     +     +     +
POST password-resets                     +     +     +     +     +     +     +     +     +
POST password-resets/code                +     +     +     +     +     +     +     +     +
POST password-resets/look                +     +     +     +     +     +     +     +     +
POST password-resets/complete            +     +     +     +     +     +     +     +     +
GET invitations                          +     +     x     x     x     x     x     0     x
POST invitations                         +     +     x     x     x     x     x     0     x
POST invitations/:id/resend              +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
DELETE invitations/:id                   +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST invitations/look                    +     +     +     +     +     +     +     +     +
POST invitations/accept                  +     +     +     +     +     +     +     +     +
GET settings/mail                        +     +     x     x     x     x     x     0     x
POST settings/mail/test                  +     +     x     x     x     x     x     0     x
GET settings/two-factor                  +     +     x     x     x     x     x     0     x
PUT settings/two-factor                  +     +     x     x     x     x     x     0     x
GET users/:id/tokens                     +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
DELETE users/:id/tokens/:token           +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET tenants                              +     +     x     x     x     x     x     0     x
POST tenants                             +     +     x     x     x     x     x     0     x
GET tenants/:id                          +++-- +++-- xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
PUT tenants/:id/name                     +++-- +++-- xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST tenants/:id/archive                 +++-- +++-- xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST tenants/:id/restore                 +++-- +++-- xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET roles                                +     +     x     x     x     x     x     0     x
PUT roles/:name                          ++++? ++++? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
DELETE roles/:name                       +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET audit                                +     +     x     x     x     x     x     0     x
GET audit/:id                            +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST audit/exports                       +     +     x     x     x     x     x     0     x
GET audit/exports/:id                    +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET users/:id/activity                   ++++? ++++? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET me/activity                          +     +     +     +     +     +     +     0     +
GET core-log                             +     +     x     x     x     x     x     0     x
GET containers                           +     +     +     +     +     +     +     0     +
GET containers/:id                       +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
GET containers/:id/inspect               +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET containers/:id/processes             +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET containers/:id/activity              +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
GET containers/:id/logs                  +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
GET containers/:id/logs/triggers         +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
GET containers/:id/logs/download         +++-? +++-? +---? xxxxx ++--? +---? +---? 00000 +---?
POST containers/:id/start                +++-? +++-? +---? xxxxx ++--? +---? +---? 00000 +---?
POST containers/:id/stop                 +++-? +++-? +---? xxxxx ++--? +---? +---? 00000 +---?
POST containers/:id/restart              +++-? +++-? +---? xxxxx ++--? +---? +---? 00000 +---?
POST containers/:id/pause                +++-? +++-? +---? xxxxx ++--? +---? +---? 00000 +---?
POST containers/:id/unpause              +++-? +++-? +---? xxxxx ++--? +---? +---? 00000 +---?
POST containers/:id/kill                 +++-? +++-? +---? xxxxx ++--? +---? +---? 00000 +---?
PUT containers/:id/name                  +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
GET containers/:id/delete-preview        +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
DELETE containers/:id                    +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
GET bin                                  +     +     +     +     +     +     +     0     +
POST bin/:id/restore                     +++-? +++-? +---? xxxxx +---? +---? +---? 00000 +---?
DELETE bin/:id                           +++-? +++-? +---? xxxxx +---? +---? +---? 00000 +---?
GET containers/:id/configuration         +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
GET containers/:id/configuration/export  +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
GET containers/:id/duplicate             +++-? +++-? +---? x---? ++--? +---? +---? 00000 +---?
GET containers/:id/adoption              +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET containers/:id/adoption/owners       +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST containers/:id/adopt                +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
PUT containers/:id/configuration         +++-? +++-? +---? x---? +x--? +---? +---? 00000 +---?
POST containers/:id/configuration/review +++-? +++-? +---? x---? +x--? +---? +---? 00000 +---?
POST containers/:id/configuration/reveal +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST containers/:id/configuration/apply  +++-? +++-? +---? x---? +x--? +---? +---? 00000 +---?
GET containers/:id/settings              +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
PUT containers/:id/settings              +++-? +++-? +---? x---? +x--? +---? +---? 00000 +---?
PUT containers/:id/restart-policy        +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
GET containers/:id/commands              +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST containers/:id/run                  +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
GET containers/:id/console               +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST containers/:id/console              +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
GET containers/:id/terminals             +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
DELETE containers/:id/terminals/:terminal +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
GET containers/:id/recordings            +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET recordings/:id                       +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET containers/:id/files                 +++-? +++-? +---? +---? +x--? +---? +---? 00000 +---?
GET containers/:id/files/content         +++-? +++-? +---? +---? +x--? +---? +---? 00000 +---?
GET containers/:id/files/download        +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
PUT containers/:id/files/content         +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST containers/:id/files/folders        +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST containers/:id/files/move           +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST containers/:id/files/copy           +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
DELETE containers/:id/files              +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
PUT containers/:id/files/mode            +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST containers/bulk                     +     +     +     x     +     +     +     0     +
GET access/on                            +++-- +++-- +---- x---- +x--- +---- +---- 00000 +----
GET access/explain                       +++-- +++-- +---- +---- ++--- +---- +---- 00000 +----
GET access/principals                    +++-- +++-- +---- x---- +x--- +---- +---- 00000 +----
GET access/who-can                       +++-- +++-- +---- x---- +x--- +---- +---- 00000 +----
GET access/reach                         +++-? +++-? +---? +---? +---? +---? +---? 00000 +---?
POST access/changes/preview              +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST access/changes                      +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST access/view-as                      +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
DELETE access/view-as                    +     +     +     +     +     +     +     0     +
GET access/requests                      +     +     +     +     +     +     +     0     +
POST access/requests                     +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
GET access/requests/:id                  +++-? +++-? +---? +---? +---? +---? +---? 00000 +---?
POST access/requests/:id/approve         +++-? +++-? x---? xxxxx x---? x---? x---? 00000 x---?
POST access/requests/:id/deny            +++-? +++-? x---? xxxxx x---? x---? x---? 00000 x---?
POST access/requests/:id/withdraw        +---? +---? +---? +---? +---? +---? +---? 00000 +---?
GET quotas/:id                           +++-? +++-? +---? +---? +---? +---? +---? 00000 +---?
PUT quotas/:id                           +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET teams                                +     +     x     x     x     x     x     0     x
POST teams                               +     +     x     x     x     x     x     0     x
GET teams/:id                            +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
PATCH teams/:id                          +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
DELETE teams/:id                         +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET projects                             +     +     +     +     +     +     +     0     +
POST projects                            +     +     x     x     x     x     x     0     x
GET projects/:id                         +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
PATCH projects/:id                       +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST projects/:id/archive                +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST projects/:id/restore                +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST projects/:id/containers/link        +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
POST projects/:id/containers/unlink      +++-? +++-? +---? xxxxx +x--? +---? +---? 00000 +---?
GET environments                         +     +     +     +     +     +     +     0     +
GET environments/:id                     +++-? +++-? +++-? +++-? +++-? +++-? +++-? 00000 +++-?
POST environments/:id/test               +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET presets                              +     +     +     +     +     +     +     0     +
GET presets/:name                        +++-- +++-- +++-- +++-- +++-- +++-- +++-- 00000 +++--
GET presets/:name/versions               +++-- +++-- xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
GET presets/:name/export                 +++-- +++-- +++-- +++-- +++-- +++-- +++-- 00000 +++--
POST presets                             +     +     x     x     x     x     x     0     x
POST presets/import                      +     +     x     x     x     x     x     0     x
PUT presets/:name                        +++-? +++-? xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
DELETE presets/:name                     +++-- +++-- xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST presets/:name/restore               +++-- +++-- xxxxx xxxxx xxxxx xxxxx xxxxx 00000 xxxxx
POST deployments/review                  +     +     +     x     +     +     +     0     +
GET deployments/principals               +     +     +     x     +     +     +     0     +
POST deployments/read                    +     +     +     x     +     +     +     0     +
POST containers                          +     +     x     x     x     x     x     0     x
POST deployments                         ++--? ++--? +---? xxxxx +x--? +---? +---? 00000 +---?
GET ports                                +     +     +     +     +     +     +     0     +
GET ports/free                           +     +     +     x     +     +     +     0     +
GET volumes                              +     +     +     +     +     +     +     0     +
GET volumes/:id                          +++-? +++-? +---? +---? +---? +---? +---? 00000 +---?
DELETE volumes/:id                       +++-? +++-? +---? xxxxx +---? +---? +---? 00000 +---?
GET operations                           +     +     +     +     +     +     +     0     +
GET operations/:id                       +++-? +++-? +---? +---? ++--? +---? +---? 00000 +---?
GET operations/:id/secrets               +---? +---? +---? +---? +---? +---? +---? 00000 +---?
POST operations/:id/cancel               +++-? +++-? +---? xxxxx ++--? +---? +---? 00000 +---?
POST operations/:id/retry                +++-? +++-? +---? xxxxx ++--? +---? +---? 00000 +---?
GET openapi.json                         +     +     +     +     +     +     +     +     +
`;
