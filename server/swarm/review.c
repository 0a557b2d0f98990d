#include "swarm/review.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/assert.h"

struct review_instance {
    uint32_t number;
    struct truth *truth;
};

struct review {
    pthread_mutex_t lock; // guards everything below
    struct review_instance *instances;
    uint32_t instance_count;
    struct check_tally tally;
    uint32_t anomalies;
};

struct review *review_create(void)
{
    struct review *review = calloc(1, sizeof *review);
    ASSERT(review);
    pthread_mutex_init(&review->lock, NULL);
    return review;
}

void review_destroy(struct review *review)
{
    if (!review)
        return;
    for (uint32_t i = 0; i < review->instance_count; i++)
        truth_destroy(review->instances[i].truth);
    free(review->instances);
    pthread_mutex_destroy(&review->lock);
    free(review);
}

static struct truth *truth_find(const struct review *review, uint32_t instance)
{
    for (uint32_t i = 0; i < review->instance_count; i++)
        if (review->instances[i].number == instance)
            return review->instances[i].truth;
    return NULL;
}

static struct truth *truth_open(struct review *review, uint32_t instance)
{
    uint32_t count = review->instance_count + 1;
    review->instances = realloc(review->instances, count * sizeof *review->instances);
    ASSERT(review->instances);
    struct truth *truth = truth_create();
    review->instances[count - 1] = (struct review_instance){instance, truth};
    review->instance_count = count;
    return truth;
}

void review_tell(struct review *review, uint32_t instance, uint32_t id,
                 const struct wire_state *state, bool present)
{
    pthread_mutex_lock(&review->lock);
    struct truth *truth = truth_find(review, instance);
    truth_add(truth ? truth : truth_open(review, instance), id, state, present);
    pthread_mutex_unlock(&review->lock);
}

void review_tell_gone(struct review *review, uint32_t instance, uint32_t id)
{
    pthread_mutex_lock(&review->lock);
    struct truth *truth = truth_find(review, instance);
    if (truth)
        truth_add_gone(truth, id);
    pthread_mutex_unlock(&review->lock);
}

void review_picture(struct review *review, uint32_t instance, const struct picture *picture,
                    uint32_t watcher)
{
    pthread_mutex_lock(&review->lock);
    struct truth *truth = truth_find(review, instance);
    ASSERT(truth);
    check_picture(truth, picture_rows(picture), picture_count(picture), picture_tick(picture),
                  watcher, &review->tally);
    review->anomalies += picture_anomalies(picture);
    pthread_mutex_unlock(&review->lock);
}

struct check_tally review_result(struct review *review, uint32_t *anomalies)
{
    pthread_mutex_lock(&review->lock);
    struct check_tally tally = review->tally;
    *anomalies = review->anomalies;
    pthread_mutex_unlock(&review->lock);
    return tally;
}
