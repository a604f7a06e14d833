/** Commands that the bot has whatever the knowledge: they take up room among Discord's 100. */
export const BUILT_IN_NAMES: readonly string[] = [
  ...['ask', 'fact', 'timeline', 'chart', 'positions', 'compare', 'upcoming'],
  ...['follow', 'unfollow', 'following', 'sources', 'about', 'privacy', 'settings'],
]

/** Names that no topic may take: the built-in commands, and those that are kept free for commands to come. */
export const RESERVED_NAMES: readonly string[] = [...BUILT_IN_NAMES, ...['knowledge', 'help', 'ping']]
