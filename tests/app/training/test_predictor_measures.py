"""What the predictor's measures say of samples made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from app.training.predictor_measures import measure_samples, summary

TRUTH = np.zeros((16, 32), np.uint8)
TRUTH[:, 16:] = 1
INVERSE = np.where(TRUTH == 1, 3, 0).astype(np.uint8)


def test_the_truth_among_the_samples_is_found_and_counted_as_diverse() -> None:
    row = measure_samples(np.stack([INVERSE, TRUTH]), TRUTH, counts=(1, 2))
    assert row["best_of_1"] == 0
    assert row["best_of_2"] == 1
    assert row["disagreement"] == 1
    assert row["coherence"] == 1
    assert summary([row])["iou"] == 1


def test_equal_samples_do_not_differ_and_of_fewer_than_five_all_are_tried() -> None:
    row = measure_samples(np.stack([TRUTH, TRUTH]), TRUTH)
    assert row["disagreement"] == 0
    assert row["best_of_5"] == 1


def test_an_object_that_splits_is_incoherent() -> None:
    split = TRUTH.copy()
    split[:4, 16:] = 3
    row = measure_samples(split[None], TRUTH)
    assert row["coherence"] == pytest.approx(0.75)
    assert "disagreement" not in row


def test_overlap_is_pooled_over_photos() -> None:
    half = TRUTH.copy()
    half[:8] = 0
    rows = [measure_samples(half[None], TRUTH), measure_samples(TRUTH[None], TRUTH)]
    found = summary(rows)
    assert found["iou_moving"] == pytest.approx((128 + 256) / 512)
    assert found["iou_static"] == pytest.approx((256 + 256) / (384 + 256))


def test_the_first_guess_is_also_measured_by_itself() -> None:
    still = np.zeros_like(TRUTH)
    found = summary([measure_samples(np.stack([TRUTH, still]), TRUTH)])
    assert found["first_iou"] == 1
    assert found["iou_moving"] == pytest.approx(0.5)


def test_what_hardly_moves_can_be_left_out_of_the_overlap() -> None:
    half = TRUTH.copy()
    half[:8] = 0
    # The upper half of what moves, which the sample overlooks, moves by two pixels only.
    displacement = np.where(TRUTH > 0, np.float32(5), np.float32(0))
    displacement[:8] = np.minimum(displacement[:8], 2)
    found = summary([measure_samples(half[None], TRUTH, displacement)])
    assert found["iou_moving"] == pytest.approx(0.5)
    assert found["far_iou_moving"] == found["far_iou_static"] == 1
    assert found["near_found"] == 0
    assert found["far_found"] == 1
    assert np.isnan(summary([measure_samples(half[None], TRUTH)])["far_iou"])


def test_a_photo_in_which_nothing_moves_has_no_directions() -> None:
    still = np.zeros_like(TRUTH)
    row = measure_samples(still[None], still)
    assert "best_of_1" not in row
    assert "coherence" not in row
    assert np.isnan(summary([row])["iou_moving"])
