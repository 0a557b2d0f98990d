// thread_load: how long a thread has worked, and how long it was ready to work while every core was
// taken. Linux only (/proc).
#pragma once

#include <pthread.h>
#include <stdint.h>

struct thread_load {
    double worked_s, waited_s; // since the thread's start
};

// Any thread may ask; `id` is the other's gettid(). What cannot be learnt is 0.
struct thread_load thread_load_read(pthread_t thread, int32_t id);
