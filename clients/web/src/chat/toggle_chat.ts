import { chatStore } from './chat_store.ts';

export const toggleChat = (): void =>
  chatStore.setState(({ isOpen }) => ({ isOpen: !isOpen, unread: 0 }));

export const openChat = (): void => chatStore.setState({ isOpen: true, unread: 0 });
