"""Makes the model anew, from the public sets to the weights that ship and the figures in the card.

python -m models.sentiment.make [--device auto]
"""

from __future__ import annotations

import argparse
import shutil

from models.sentiment import calibrate, card, distill, encoder_weights, evaluate, export, prepare, train
from models.sentiment.config import BUILD, WEIGHTS, load, place
from models.sentiment.learn import device


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="auto")
    on = device(parser.parse_args().device)
    config = load()
    prepare.save(
        *prepare.prepare(config["data"], place(config["data"]["training"]), place(config["data"]["evaluation"]))
    )
    undistilled, model = BUILD / "undistilled", BUILD / "model"
    train.fit(encoder_weights.student(config["encoder"]), config["model"], config["train"], undistilled, on=on)
    if config["distill"]["use"]:
        distill.train_teacher(config, distill.TEACHER, on=on)
        distill.distill(config, distill.TEACHER, model, on=on)
    else:
        shutil.copytree(undistilled, model, dirs_exist_ok=True)
    calibrate.calibrate(model, config)
    export.export(model, WEIGHTS, config)
    evaluate.save(evaluate.evaluate(model, undistilled if config["distill"]["use"] else None, WEIGHTS, config))
    card.write()


if __name__ == "__main__":
    main()
