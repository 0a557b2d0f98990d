#include "hub/mail.h"

const char *const hub_emotes[HUB_EMOTES] = {
    "wave", "dance", "clap",  "point", "laugh",  "cheer",
    "bow",  "shrug", "think", "heart", "groove", "hand",
};

void mailbox_init(struct mailbox *mailbox)
{
    ring_init(&mailbox->orders, MAIL_ORDERS, sizeof(struct order));
    ring_init(&mailbox->returns, MAIL_RETURNS, sizeof(struct frame_return));
    ring_init(&mailbox->notices, MAIL_NOTICES, sizeof(struct notice));
}

void mailbox_done(struct mailbox *mailbox)
{
    struct order order;
    while (ring_pop(&mailbox->orders, &order))
        order_free(&order);
    struct notice notice;
    while (ring_pop(&mailbox->notices, &notice))
        notice_free(&notice);
    ring_done(&mailbox->orders);
    ring_done(&mailbox->returns);
    ring_done(&mailbox->notices);
}

void word_free(struct word *word)
{
    if (!word)
        return;
    if (word->kind == WORD_CHAT)
        free(word->chat.text);
    free(word);
}

void parcel_free(struct parcel *parcel)
{
    if (!parcel)
        return;
    free(parcel->connections);
    free(parcel->text);
    free(parcel);
}

void order_free(struct order *order)
{
    if (order->kind == ORDER_JOIN)
        free(order->join);
    if (order->kind == ORDER_WORD)
        word_free(order->word);
}

void notice_free(struct notice *notice)
{
    switch (notice->kind) {
    case NOTICE_JOINED:
        free(notice->joined);
        break;
    case NOTICE_REFUSED:
        free(notice->refused);
        break;
    case NOTICE_PARCEL:
        parcel_free(notice->parcel);
        break;
    case NOTICE_CLOSE:
        free(notice->close);
        break;
    case NOTICE_FRAME: // belongs to its instance
    case NOTICE_CORRECT:
        break;
    }
}
