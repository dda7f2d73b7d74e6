/** What nodes say to each other about longpoll sessions that live on one and are asked on another. */
export type RelayMessage = { readonly type: 'relay'; readonly node: string; readonly to: string };
