// data_folder: what must survive a restart: the lock that keeps a second process out, and the
// secret that signs tickets.
#pragma once

#include <stdint.h>

#include "base/error.h"
#include "hub/ticket.h"

struct data_folder {
    const char *path;
    int lock_fd;
    uint8_t secret[TICKET_SECRET_BYTES];
};

// Makes the folder if it is missing, locks it, and reads the secret or makes one. ERR_CONFLICT when
// another process has it.
MUST_CHECK bool data_folder_open(struct data_folder *folder, const char *path, struct error *err);
void data_folder_close(struct data_folder *folder);
